/** A TFJS graph that cannot be converted: damaged, or using something this converter does not know. */
export class ConversionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConversionError';
  }
}
