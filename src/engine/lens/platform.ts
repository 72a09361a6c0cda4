import { text, type Json } from '../wire/read';

/** What an image is made for. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

/** Of an image's configuration, and as an engine inspects it. */
export function platformOf(config: Json): Platform {
  return {
    os: text(config['os'] ?? config['Os']),
    architecture: text(config['architecture'] ?? config['Architecture']),
    variant: text(config['variant'] ?? config['Variant']),
  };
}
