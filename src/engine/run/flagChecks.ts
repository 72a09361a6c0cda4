import { isCdiName, parseDevice } from './devices';
import { invalid } from './invalid';
import { cut } from './pairs';
import { parseDuration } from './units';

/** The checks of flags that have no grammar of their own: each throws an `EngineError` of kind `invalid`. */

/** For flags whose empty value says that there is none. */
export function unlessEmpty(check: (value: string) => unknown): (value: string) => unknown {
  return (value) => value === '' || check(value);
}

export function checkDuration(value: string): void {
  if (parseDuration(value) < 0) throw invalid('"{0}" is negative. Write a duration such as 30s.', value);
}

/** A Windows engine has forms of its own, so without a slash nothing is known here. */
export function checkDevice(value: string): void {
  if (!/^(?:class|vpci-[a-z-]*):?\//i.test(value) && !isCdiName(value)) parseDevice(value);
}

export function checkLabel(value: string): void {
  const key = cut(value)[0].replace(/^[ \t]+/, '');
  if (key === '' || /[ \t]/.test(key)) throw invalid('"{0}" is not a label. Write it like key=value.', value);
}

export function checkPair(value: string): void {
  if (!value.includes('=')) throw invalid('"{0}" has no value. Write it like key=value.', value);
}

export function checkSysctl(value: string): void {
  if (
    !/^(?:net\.|fs\.mqueue\.|kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)=).*/s.test(
      value,
    ) ||
    !value.includes('=')
  ) {
    throw invalid(
      '"{0}" cannot be set for a container. Only net.…, fs.mqueue.… and the IPC settings of kernel.… can, as key=value.',
      value,
    );
  }
}

export function checkPid(value: string): void {
  if (!/^(?:|host|container:[^:]+)$/.test(value)) {
    throw invalid('"{0}" is not a PID namespace. Use host or container:name.', value);
  }
}

export function checkHostMode(value: string): void {
  if (cut(value, ':')[0] !== '' && cut(value, ':')[0] !== 'host') {
    throw invalid('"{0}" is not a namespace. The only one to share is host.', value);
  }
}

export function checkCgroupns(value: string): void {
  if (!/^(?:|host|private)$/.test(value))
    throw invalid('"{0}" is not a cgroup namespace. Use host or private.', value);
}

export function checkStream(value: string): void {
  if (!/^(?:stdin|stdout|stderr)$/i.test(value)) {
    throw invalid('"{0}" is not a stream. Use stdin, stdout or stderr.', value);
  }
}

export function checkPull(value: string): void {
  if (!/^(?:missing|always|never)$/.test(value)) {
    throw invalid('"{0}" is not a way to pull. Use missing, always or never.', value);
  }
}
