/** Ports that programs usually listen on. */
export const ports: readonly (readonly [port: string, of: string])[] = [
  ['80', 'HTTP'], ['443', 'HTTPS'], ['3000', 'Node.js'], ['5000', 'Flask'], ['5173', 'Vite'], ['8000', 'Django'],
  ['8080', 'HTTP'], ['8443', 'HTTPS'], ['9000', 'PHP-FPM'], ['22', 'SSH'], ['53', 'DNS'], ['1433', 'SQL Server'],
  ['3306', 'MySQL'], ['5432', 'PostgreSQL'], ['5672', 'RabbitMQ'], ['6379', 'Redis'], ['9090', 'Prometheus'],
  ['9092', 'Kafka'], ['9200', 'Elasticsearch'], ['11211', 'Memcached'], ['27017', 'MongoDB'],
]; // prettier-ignore

export const signals: readonly string[] = [
  'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGRTMIN+3',
]; // prettier-ignore

export const shells: readonly string[] = [
  '["/bin/sh", "-c"]',
  '["/bin/bash", "-c"]',
  '["/bin/bash", "-o", "pipefail", "-c"]',
  '["/bin/ash", "-eo", "pipefail", "-c"]',
  '["powershell", "-Command"]',
  '["cmd", "/S", "/C"]',
];

export const licenses: readonly string[] = [
  'MIT', 'Apache-2.0', 'BSD-3-Clause', 'GPL-3.0-only', 'AGPL-3.0-only', 'MPL-2.0', 'ISC', 'Unlicense',
]; // prettier-ignore

const image = 'org.opencontainers.image';

/** The keys of the OCI's image specification. */
export const labelKeys: readonly (readonly [key: string, doc: string])[] = [
  [`${image}.title`, 'A name for people.'],
  [`${image}.description`, 'What the image is for.'],
  [`${image}.source`, 'The address of the source code.'],
  [`${image}.url`, 'The address where more is said.'],
  [`${image}.documentation`, 'The address of the documentation.'],
  [`${image}.version`, 'The version of the program in it.'],
  [`${image}.revision`, 'The revision of the source code.'],
  [`${image}.created`, 'When it was built, as RFC 3339 writes it.'],
  [`${image}.authors`, 'Who is responsible for it.'],
  [`${image}.vendor`, 'The organization that distributes it.'],
  [`${image}.licenses`, 'Its licenses, as SPDX writes them.'],
  [`${image}.ref.name`, 'The name of the reference.'],
  [`${image}.base.name`, 'The reference of the base image.'],
  [`${image}.base.digest`, 'The digest of the base image.'],
];
