/** A file that is no TensorFlow Lite model, or a damaged one. */
export class TfliteError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TfliteError';
  }
}
