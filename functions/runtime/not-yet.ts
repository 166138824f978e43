/**
 * Thrown when something that a subscriber must see before it decides is not there yet. The queue
 * delivers the event again after its visibility timeout, and at last moves it to the dead-letter
 * queue.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
