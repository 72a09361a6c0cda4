import { invalid } from './invalid';

const SYSTEMS = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);
const ARCHITECTURES = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);
const SAME: Readonly<Record<string, string>> = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
};
const VARIANTS: Readonly<Record<string, string>> = { '7': 'v7', '8': 'v8', '6': 'v6', '5': 'v5' };
const NODE_NAMES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/**
 * `--platform` as the engine's query takes it: `os/architecture/variant`, in the names of the registry
 * (`containerd: platforms.Parse`). What is missing is `linux` and the architecture of this machine. Throws an `EngineError` of
 * kind `invalid`.
 */
export function parsePlatform(text: string): string {
  const parts = text.split('/');
  const [first = '', second, third] = parts;
  if (parts.length > 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) throw unknown(text);
  const os = first.toLowerCase() === 'macos' ? 'darwin' : first.toLowerCase();
  if (second === undefined) {
    if (SYSTEMS.has(os)) return `${os}/${NODE_NAMES[process.arch] ?? process.arch}`;
    const [architecture, variant] = normalise(first, '');
    if (!ARCHITECTURES.has(architecture)) throw unknown(text);
    return join('linux', architecture, variant === 'v7' ? '' : variant);
  }
  const [architecture, variant] = normalise(second, third ?? '');
  if (third === undefined) return join(os, architecture, variant === 'v7' ? '' : variant);
  return join(os, architecture, architecture === 'arm64' && variant === '' ? 'v8' : variant);
}

function normalise(name: string, given: string): [string, string] {
  const lower = name.toLowerCase();
  const architecture = SAME[lower] ?? lower;
  const variant = given.toLowerCase();
  if (lower === 'armhf') return ['arm', 'v7'];
  if (lower === 'armel') return ['arm', 'v6'];
  if (lower === 'i386' || (architecture === 'amd64' && variant === 'v1')) return [architecture, ''];
  if (architecture === 'arm64' && /^v?8$/.test(variant)) return [architecture, ''];
  if (architecture === 'arm') return [architecture, VARIANTS[variant === '' ? '7' : variant] ?? variant];
  return [architecture, variant];
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

function unknown(text: string): Error {
  return invalid('"{0}" is not a platform. Write it like linux/amd64 or linux/arm64.', text);
}
