import { parseCsv } from './csv';
import { invalid } from './invalid';
import { parseDecimal } from './numbers';
import { cut, pairs } from './pairs';

/** One of `HostConfig.DeviceRequests`; a count of -1 is all of them. */
export interface DeviceRequest {
  Driver: string;
  Count: number;
  DeviceIDs: string[] | null;
  Capabilities: string[][];
  Options: Record<string, string>;
}

/**
 * Parse `--gpus`: `all`, `2`, `device=0`, `"device=0,1",capabilities=utility` (`docker/cli: opts/gpus.go`). Throws an
 * `EngineError` of kind `invalid`.
 */
export function parseGpus(text: string): DeviceRequest {
  const request: DeviceRequest = {
    Driver: '',
    Count: 0,
    DeviceIDs: null,
    Capabilities: [['gpu']],
    Options: {},
  };
  const seen = new Set<string>();
  for (const field of parseCsv(text)) {
    const [key, value] = cut(field);
    if (seen.has(key)) throw invalid('"{0}" stands twice in "{1}". Give it once.', key, text);
    seen.add(key);
    if (value === undefined) {
      seen.add('count');
      request.Count = parseCount(key);
    } else if (key === 'driver') request.Driver = value;
    else if (key === 'count') request.Count = parseCount(value);
    else if (key === 'device') request.DeviceIDs = value.split(',');
    else if (key === 'capabilities') request.Capabilities = [[...value.split(','), 'gpu']];
    else if (key === 'options') request.Options = pairs(parseCsv(value));
    else {
      throw invalid('"{0}" is not a key of --gpus. Use driver, count, device, capabilities or options.', key);
    }
  }
  if (!seen.has('count') && request.DeviceIDs === null) request.Count = 1;
  return request;
}

function parseCount(text: string): number {
  if (text === 'all') return -1;
  if (!/^[+-]?\d{1,9}$/.test(text)) {
    throw invalid('"{0}" is not a number of GPUs. Use all, or a number such as 2.', text);
  }
  return parseDecimal(text);
}
