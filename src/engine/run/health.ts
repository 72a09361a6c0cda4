import { sentence } from '../errors';
import { FieldError } from './invalid';
import type { RunSpec } from './spec';
import { parseDuration } from './units';

/** `Healthcheck` of a container; durations in nanoseconds, what is missing is the image's. */
export interface HealthConfig {
  Test?: string[];
  Interval?: number;
  Timeout?: number;
  StartPeriod?: number;
  StartInterval?: number;
  Retries?: number;
}

/** The health check these flags describe; undefined leaves the image's alone. Throws a `FieldError`. */
export function healthConfig(spec: Partial<RunSpec>): HealthConfig | undefined {
  const config: HealthConfig = {};
  if (spec.healthCommand) config.Test = ['CMD-SHELL', spec.healthCommand];
  if (spec.healthInterval) config.Interval = parseDuration(spec.healthInterval);
  if (spec.healthTimeout) config.Timeout = parseDuration(spec.healthTimeout);
  if (spec.healthStartPeriod) config.StartPeriod = parseDuration(spec.healthStartPeriod);
  if (spec.healthStartInterval) config.StartInterval = parseDuration(spec.healthStartInterval);
  if (spec.healthRetries) config.Retries = spec.healthRetries;
  const isSet = Object.values(config).some((value) => value !== 0);
  if (!spec.noHealthcheck) return isSet ? config : undefined;
  if (isSet) {
    throw new FieldError(
      'noHealthcheck',
      sentence('--no-healthcheck and --health-… exclude each other. Leave one out.'),
    );
  }
  return { Test: ['NONE'] };
}
