import { quote } from '../commandLine/quote';
import { csvText } from '../csv';
import { portText } from '../ports';
import { exactCpus, exactSize } from '../units';
import { list, number, record, text, textMap, texts, type Json } from '../../wire/read';

/** The values of `--publish` for one port of `PortBindings`, such as `80/tcp`. */
export function portTexts(port: string, targets: unknown): string[] {
  const [containerPort = '', protocol = 'tcp'] = port.split('/');
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
  return list(targets).map((target) => {
    const { HostIp, HostPort } = record(target);
    return portText({
      containerPort: Number(containerPort),
      protocol,
      hostIp: text(HostIp),
      hostPort: text(HostPort),
    });
  });
}

/** The value of `--device`, in the shortest form. */
export function deviceText(device: Json): string {
  const [host, container, mode] = ['PathOnHost', 'PathInContainer', 'CgroupPermissions'].map((key) =>
    text(device[key]),
  );
  const parts = [host, ...(container === host ? [] : [container]), ...(mode === 'rwm' ? [] : [mode])];
  return parts.filter((part) => part !== '').join(':');
}

/** A number of bytes as a size; -1 is unlimited. */
export function sizeText(bytes: unknown): string | undefined {
  if (bytes === -1) return '-1';
  return number(bytes) > 0 ? exactSize(number(bytes)) : undefined;
}

/** `NanoCpus` as `--cpus`. */
export function cpusText(nanoCpus: unknown): string | undefined {
  return number(nanoCpus) > 0 ? exactCpus(number(nanoCpus)) : undefined;
}

/** A limit of a device's speed. */
export function deviceRateText(limit: unknown): string {
  const { Path, Rate } = record(limit);
  return `${text(Path)}:${number(Rate)}`;
}

/** The weight of a device. */
export function deviceWeightText(weight: unknown): string {
  const { Path, Weight } = record(weight);
  return `${text(Path)}:${number(Weight)}`;
}

/** The value of `--ulimit`. */
export function ulimitText(limit: Json): string {
  const [soft, hard] = [number(limit['Soft']), number(limit['Hard'])];
  return `${text(limit['Name'])}=${soft}${soft === hard ? '' : `:${hard}`}`;
}

/** The value of `--gpus` for one of `HostConfig.DeviceRequests`. */
export function gpusText(request: Json): string {
  const count = number(request['Count']);
  const devices = texts(request['DeviceIDs']);
  const capabilities = texts(list(request['Capabilities'])[0]).filter((name) => name !== 'gpu');
  const options = Object.entries(textMap(request['Options'])).map(([key, value]) => `${key}=${value}`);
  const fields = [
    ...(count !== 0 || devices.length === 0 ? [`count=${count === -1 ? 'all' : count}`] : []),
    ...(text(request['Driver']) === '' ? [] : [`driver=${text(request['Driver'])}`]),
    ...(devices.length > 0 ? [`device=${devices.join(',')}`] : []),
    ...(capabilities.length > 0 ? [`capabilities=${capabilities.join(',')}`] : []),
    ...(options.length > 0 ? [`options=${csvText(options)}`] : []),
  ];
  return fields.length === 1 && fields[0]?.startsWith('count=')
    ? fields[0].slice('count='.length)
    : csvText(fields);
}

/** The words of a health check in exec form as a line for a shell, the only form the CLI has. */
export function shellText(words: readonly string[]): string {
  return words.map((word) => quote(word, 'sh')).join(' ');
}
