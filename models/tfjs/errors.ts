/** A TFJS graph that cannot be converted: damaged, or with an operation that this converter does not know. */
export class ConversionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConversionError';
  }
}
