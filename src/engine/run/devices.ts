import { posix } from 'node:path';
import { invalid } from './invalid';
import { parseDecimal } from './numbers';
import { cut } from './pairs';
import { parseSize } from './units';

/** One of `HostConfig.Devices`. */
export interface Device {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

// A CDI name such as `nvidia.com/gpu=all`: a vendor, a class and a device of it.
const CDI =
  /^[A-Za-z](?:[\w.-]*[A-Za-z0-9])?\/[A-Za-z](?:[\w-]*[A-Za-z0-9])?=[A-Za-z0-9](?:[\w.:-]*[A-Za-z0-9])?$/;

const DEVICE_EXAMPLE = 'Write it like /dev/fuse or /dev/sda:/dev/xvda:rwm.';

/** Parse `--device` for a Linux engine (`docker/cli: opts.go`). Throws an `EngineError` of kind `invalid`. */
export function parseDevice(text: string): Device {
  const parts = text.split(':');
  const [host = '', second, third] = parts;
  if (host === '' || parts.length > 3) throw invalid('"{0}" is not a device. {1}', text, DEVICE_EXAMPLE);
  const hasPath = second !== undefined && (third !== undefined || !isMode(second));
  const target = hasPath ? second : host;
  if (!target.startsWith('/')) {
    throw invalid('"{0}" in the device "{1}" is not an absolute path. {2}', target, text, DEVICE_EXAMPLE);
  }
  const mode = third ?? (hasPath ? undefined : second) ?? 'rwm';
  if (!isMode(mode)) {
    throw invalid('"{0}" in the device "{1}" is not made of r, w and m. {2}', mode, text, DEVICE_EXAMPLE);
  }
  // The CLI cleans a path only in the shorter forms; with three parts they go as they are.
  const clean = third === undefined ? cleanPath(target) : target;
  return { PathOnHost: hasPath ? host : clean, PathInContainer: clean, CgroupPermissions: mode };
}

/** Whether `--device` names a device that its vendor describes (the Container Device Interface), not a path. */
export function isCdiName(text: string): boolean {
  return CDI.test(text);
}

/** Refuse what is not a rule such as `c 1:3 mr`. Throws an `EngineError` of kind `invalid`. */
export function checkDeviceRule(text: string): void {
  if (!/^[acb] (?:[0-9]+|\*):(?:[0-9]+|\*) [rwm]{1,3}$/.test(text)) {
    throw invalid('"{0}" is not a rule for devices. Write it like "c 1:3 mr".', text);
  }
}

/** Parse `--device-read-bps /dev/sda:1mb`: bytes a second. Throws an `EngineError` of kind `invalid`. */
export function parseDeviceBytes(text: string): { Path: string; Rate: number } {
  const [Path, rate] = devicePair(text, '/dev/sda:1mb');
  return { Path, Rate: parseSize(rate) };
}

/** Parse `--device-read-iops /dev/sda:1000`: operations a second. Throws an `EngineError` of kind `invalid`. */
export function parseDeviceOperations(text: string): { Path: string; Rate: number } {
  const [Path, rate] = devicePair(text, '/dev/sda:1000');
  return { Path, Rate: parseDecimal(rate, 0) };
}

/** Parse `--blkio-weight-device /dev/sda:500`: 10 to 1000, or 0. Throws an `EngineError` of kind `invalid`. */
export function parseDeviceWeight(text: string): { Path: string; Weight: number } {
  const [Path, weight] = devicePair(text, '/dev/sda:500');
  return { Path, Weight: /^0+$/.test(weight) ? 0 : parseDecimal(weight, 10, 1000) };
}

function devicePair(text: string, example: string): [string, string] {
  const [path, value] = cut(text, ':');
  if (value === undefined || !path.startsWith('/dev/')) {
    throw invalid('"{0}" is not a device with a value. Write it like {1}.', text, example);
  }
  return [path, value];
}

function isMode(text: string): boolean {
  return /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;
}

function cleanPath(path: string): string {
  return posix.normalize(path).replace(/(?!^)\/$/, '');
}
