/**
 * What a follower has to see before it decides is not there yet. It is thrown, so that the queue
 * brings the event again after its visibility timeout; what never comes ends in the dead letters.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
