/**
 * Thrown when something that a subscriber must see before it decides is not there yet. Lambda invokes
 * the subscriber again after one minute and after two more, and then the event is a dead letter.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}
