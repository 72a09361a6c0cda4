import { EngineError, cancelled, sentence, type EngineErrorKind, type Sentence } from './errors';

/** A text of the engine's we know, what kind of failure it is, and what to say instead. `$1`… of the pattern are `{0}`…. */
interface KnownText {
  readonly pattern: RegExp;
  readonly kind: EngineErrorKind;
  readonly text: string;
}

// The daemon often wraps the telling part, so these are searched for anywhere in its message. First match wins.
const KNOWN: readonly KnownText[] = [
  {
    pattern: /container name "\/?([^"]+)" is already in use/i,
    kind: 'conflict',
    text: 'The name "{0}" is already in use by another container. Choose another name, or remove that container first.',
  },
  {
    pattern: /Bind for [^ ]*?:(\d+) failed: port is already allocated/i,
    kind: 'conflict',
    text: 'Port {0} is already used by another container on this engine. Choose another host port, or stop that container.',
  },
  {
    pattern: /listen (?:tcp|udp)[46]? [^ ]*?:(\d+): bind: address already in use/i,
    kind: 'conflict',
    text: 'Port {0} is already used by another program on the engine’s machine. Choose another host port.',
  },
  {
    pattern: /pull access denied for ([^,\s]+)/i,
    kind: 'notFound',
    text: 'The image "{0}" was not found, or it is private. Check the name; if it is private, log in to its registry.',
  },
  {
    pattern: /manifest (?:for )?(\S+?)(?: not found)?: manifest unknown/i,
    kind: 'notFound',
    text: 'The registry has no image "{0}". Check the name and the tag.',
  },
  {
    pattern: /manifest unknown/i,
    kind: 'notFound',
    text: 'The registry does not have this image. Check the name and the tag.',
  },
  {
    pattern: /no matching manifest for (\S+)/i,
    kind: 'notFound',
    text: 'This image does not exist for the platform {0}. Choose another platform or tag.',
  },
  {
    pattern: /no basic auth credentials/i,
    kind: 'denied',
    text: 'The registry asks for a login. Log in to it, then retry.',
  },
  {
    // Registries' own forms: what people call unauthorized may be a container or an image too.
    pattern:
      /unauthorized: |401 unauthorized|\/v2\/\S*: unauthorized|authentication required|incorrect username or password/i,
    kind: 'denied',
    text: 'The registry refused the login. Log in to it again, then retry.',
  },
  {
    pattern: /requested access to the resource is denied|insufficient_scope/i,
    kind: 'denied',
    text: 'The registry does not allow this. Log in as somebody who may, or check the name of the image.',
  },
  {
    pattern: /toomanyrequests|rate limit/i,
    kind: 'denied',
    text: 'The registry says too many requests were made. Log in to it, or wait and retry.',
  },
  {
    // Whole words of Go's: what people call certificates may be containers, volumes and commands too.
    pattern:
      /x509: |tls: .*certificate|cannot validate certificate|client certificate|certificate (?:signed by|has expired|is valid for|is not trusted)/i,
    kind: 'tls',
    text: 'The registry’s certificate is not trusted by the engine. Add its certificate to the engine, or use another registry.',
  },
  {
    pattern: /server gave HTTP response to HTTPS client/i,
    kind: 'tls',
    text: 'The registry does not speak HTTPS. List it under "insecure-registries" in the engine’s settings, or use another registry.',
  },
  {
    pattern:
      /dial tcp:? (?:lookup )?([^\s:]+(?::\d+)?).*(?:no such host|connection refused|i\/o timeout|network is unreachable|server misbehaving|no route to host|Temporary failure)/i,
    kind: 'unreachable',
    text: 'The engine could not reach {0}. Check the name and the network, then retry.',
  },
  {
    pattern: /(?:Client\.Timeout exceeded|context deadline exceeded|TLS handshake timeout)/i,
    kind: 'unreachable',
    text: 'The registry did not answer in time. Check the network, then retry.',
  },
  {
    // The last is Podman's.
    pattern:
      /docker-import-\d+\/repositories: no such file|does not contain a manifest\.json|unrecognized image format|does not match any of the supported image formats/i,
    kind: 'invalid',
    text: 'The file holds no image that was saved. Choose another file; if it holds a file system that was exported, import it instead.',
  },
  {
    pattern: /Error processing tar file.*unexpected EOF/i,
    kind: 'invalid',
    text: 'The archive ends too early. Copy or save it anew, then retry.',
  },
  {
    pattern: /invalid tar header/i,
    kind: 'invalid',
    text: 'The file is no tar archive, or it is damaged. Choose another file, or save it anew.',
  },
  {
    pattern: /no space left on device/i,
    kind: 'invalid',
    text: 'The engine’s disk is full. Remove images or containers you no longer need, then retry.',
  },
  {
    pattern: /exec: "([^"]+)".*(?:executable file not found|no such file or directory)/i,
    kind: 'notFound',
    text: 'The command "{0}" does not exist in this container. Check its name, or give its full path.',
  },
  {
    pattern: /exec: "([^"]+)".*permission denied/i,
    kind: 'denied',
    text: 'The command "{0}" is not executable in this container. Check its permissions.',
  },
  {
    pattern: /logging driver does not support reading/i,
    kind: 'invalid',
    text: 'This container keeps no log that can be read: its logging driver sends its output elsewhere, or nowhere. Choose another driver, such as "local", when you create it.',
  },
  {
    // The second is Podman's.
    pattern: /No such container: (\S+)|no container with name or ID "?([^"\s]+)"? found/i,
    kind: 'notFound',
    text: 'The container "{0}" is no longer there. It may have been removed.',
  },
  {
    pattern: /No such image: (\S+?):?(?:\s|$)/i,
    kind: 'notFound',
    text: 'The image "{0}" is not on this engine. Pull it first.',
  },
  {
    pattern: /You cannot remove a running container (\S+?)\./i,
    kind: 'conflict',
    text: 'The container {0} is running. Stop it first, or remove it with force.',
  },
  {
    pattern:
      /image is (?:being )?used by (?:.*?)container (\S+)|container (\S+) is using its referenced image/i,
    kind: 'conflict',
    text: 'This image is used by container {0}. Remove that container first, or remove the image with force.',
  },
  {
    pattern: /image is referenced in (?:multiple repositories|one or more repositories)/i,
    kind: 'conflict',
    text: 'This image has several tags. Remove each tag, or remove the image with force.',
  },
  {
    pattern: /image has dependent child images/i,
    kind: 'conflict',
    text: 'Other images are built on this one. Remove those first.',
  },
  {
    pattern: /Container (\S+) is not running/i,
    kind: 'conflict',
    text: 'The container {0} is not running. Start it first.',
  },
  {
    pattern: /Container (\S+) is paused/i,
    kind: 'conflict',
    text: 'The container {0} is paused. Unpause it first.',
  },
  {
    pattern: /Container (\S+) is restarting/i,
    kind: 'conflict',
    text: 'The container {0} is restarting. Wait until it runs.',
  },
  {
    pattern: /network with name (\S+) already exists/i,
    kind: 'conflict',
    text: 'There is a network "{0}" already. Choose another name.',
  },
  {
    pattern: /Pool overlaps with other one on this address space/i,
    kind: 'conflict',
    text: 'These addresses overlap with those of another network. Choose another subnet.',
  },
  {
    pattern: /invalid (?:CIDR address|subnet):? (\S+)/i,
    kind: 'invalid',
    text: '"{0}" is not a subnet. Write it like 172.30.0.0/16.',
  },
  {
    pattern: /failed to allocate gateway \(([^)]+)\)|no matching subnet for gateway (\S+)/i,
    kind: 'invalid',
    text: 'The gateway {0} is not a free address of the subnet. Choose one that is.',
  },
  {
    pattern: /endpoint with name (\S+) already exists in network (\S+)/i,
    kind: 'conflict',
    text: 'The container "{0}" is connected to the network "{1}" already.',
  },
  {
    pattern: /container (\S+) is not connected to (?:the )?network (\S+)/i,
    kind: 'conflict',
    text: 'The container {0} is not connected to the network "{1}".',
  },
  {
    pattern: /network (\S+) id \S+ has active endpoints|network (\S+) is in use/i,
    kind: 'conflict',
    text: 'The network "{0}" is used by containers. Disconnect or stop them first.',
  },
  {
    pattern: /(\S+) is a pre-defined network and cannot be removed/i,
    kind: 'invalid',
    text: 'The network "{0}" is the engine’s own and stays.',
  },
  {
    pattern: /get (\S+): no such volume/i,
    kind: 'notFound',
    text: 'There is no volume "{0}" on this engine. Create it, or choose another.',
  },
  {
    pattern: /error looking up volume plugin (\S+):/i,
    kind: 'notFound',
    text: 'The engine has no volume driver "{0}". Use "local", or install the plugin first.',
  },
  {
    pattern: /"([^"]+)" includes invalid characters for a local volume name/i,
    kind: 'invalid',
    text: '"{0}" cannot be the name of a volume. Use letters, digits, "_", "." and "-", beginning with a letter or a digit.',
  },
  {
    pattern: /invalid volume specification: '([^']+)'/i,
    kind: 'invalid',
    text: '"{0}" is not a volume. Write it like data:/var/lib/data or /home/me/site:/site:ro.',
  },
  {
    pattern: /network (\S+) not found/i,
    kind: 'notFound',
    text: 'There is no network "{0}" on this engine. Create it, or choose another.',
  },
  {
    pattern: /This node is not a swarm manager/i,
    kind: 'conflict',
    text: 'This engine is not a manager of a swarm. Initialize a swarm on it, or use the engine of a manager.',
  },
  {
    pattern: /This node is not part of a swarm/i,
    kind: 'conflict',
    text: 'This engine is in no swarm.',
  },
  {
    pattern: /This node is already part of a swarm/i,
    kind: 'conflict',
    text: 'This engine is in a swarm already. Leave that one first.',
  },
  {
    pattern: /attempting to leave the swarm on a node that is participating as a manager/i,
    kind: 'conflict',
    text: 'This engine is a manager of its swarm. Leave with force; if it is the last manager, the swarm and all its services go with it.',
  },
  {
    pattern: /could not (?:choose an IP address to advertise|find the system's IP address)/i,
    kind: 'invalid',
    text: 'The engine cannot tell which of its addresses other nodes reach it by. Give one (advertiseAddr).',
  },
  {
    pattern: /advertise address must be/i,
    kind: 'invalid',
    text: 'The address to advertise must be an IP address of the engine’s machine, or one of its network interfaces.',
  },
  {
    pattern: /name conflicts with an existing object: service (\S+) already exists/i,
    kind: 'conflict',
    text: 'There is a service "{0}" already. Choose another name.',
  },
  {
    pattern: /port '(\d+)' is already in use by service '([^']+)'/i,
    kind: 'conflict',
    text: 'Port {0} is already published by the service "{1}". Choose another port.',
  },
  {
    pattern: /name must be valid as a DNS name component/i,
    kind: 'invalid',
    text: 'The name of a service may have letters, digits, "-" and "_", and begins and ends with a letter or a digit.',
  },
  {
    pattern: /does not have a previous spec/i,
    kind: 'conflict',
    text: 'This service has never been updated, so there is nothing to go back to.',
  },
  {
    pattern: /attempting to demote the last manager/i,
    kind: 'conflict',
    text: 'This is the last manager of the swarm. Make another node a manager first.',
  },
  {
    pattern: /service (\S+) not found/i,
    kind: 'notFound',
    text: 'There is no service "{0}" in this swarm. It may have been removed.',
  },
  {
    pattern: /node (\S+) not found/i,
    kind: 'notFound',
    text: 'There is no node "{0}" in this swarm.',
  },
  {
    pattern: /client version (\S+) is too old/i,
    kind: 'tooOld',
    text: 'This engine no longer speaks API {0}. Update Quayside.',
  },
  {
    pattern: /client version (\S+) is too new/i,
    kind: 'tooOld',
    text: 'This engine is too old for API {0}. Update Docker on its machine.',
  },
];

/** The `EngineError` for a text the engine (or a stream of it) said, or `undefined` when the text is none we know. */
export function knownFailure(said: string, status?: number): EngineError | undefined {
  for (const { pattern, kind, text } of KNOWN) {
    const match = pattern.exec(said);
    if (!match) continue;
    // A group of an alternative that did not match is undefined, whatever its type says.
    const values = match.slice(1).filter(Boolean);
    return new EngineError(kind, sentence(text, ...values), {
      cause: new Error(said),
      ...(status === undefined ? {} : { status }),
    });
  }
  return undefined;
}

const KIND_OF_STATUS: Readonly<Record<number, EngineErrorKind>> = {
  400: 'invalid',
  401: 'denied',
  403: 'denied',
  404: 'notFound',
  405: 'protocol',
  406: 'invalid',
  409: 'conflict',
  501: 'protocol',
};

/**
 * The error for an HTTP answer that is none of success. `said` is the engine's own message
 * (`{"message": …}` of moby's `ErrorResponse`), kept as cause and shown when nothing better is known.
 */
export function answerFailure(status: number, said: string): EngineError {
  const known = knownFailure(said, status);
  if (known) return known;
  if (status >= 300 && status < 400)
    return new EngineError(
      'notFound',
      sentence(
        'The engine does not answer this but points elsewhere, and is not followed. Check the name; if it is right, a proxy in front of the engine is in the way.',
      ),
      { cause: new Error(`HTTP ${String(status)}: ${said}`), status },
    );
  const kind = KIND_OF_STATUS[status] ?? 'unknown';
  const what: Sentence =
    said === ''
      ? sentence(
          'The engine answered with status {0} and no explanation. See the log for what was asked.',
          status,
        )
      : sentence('The engine says: {0}', said);
  return new EngineError(kind, what, { cause: new Error(`HTTP ${String(status)}: ${said}`), status });
}

const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|ERR_OSSL_|EPROTO$)/;

/** The error for a connection that failed below HTTP; `host` is the endpoint as the user knows it. */
export function connectionFailure(error: unknown, host: string, signal?: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  if (signal?.aborted === true) return cancelled(error);
  const { code = '', name } = error as NodeJS.ErrnoException;
  const cause = { cause: error };
  if (name === 'TimeoutError' || code === 'ETIMEDOUT')
    return new EngineError(
      'unreachable',
      sentence('{0} did not answer in time. Check the address and the network, then retry.', host),
      cause,
    );
  if (name === 'AbortError') return cancelled(error);
  if (code === 'EACCES' || code === 'EPERM')
    return new EngineError(
      'denied',
      sentence(
        'You are not allowed to use Docker at {0}. Join the group that may, or use a rootless engine.',
        host,
      ),
      cause,
    );
  if (code === 'ENOENT')
    return new EngineError(
      'unreachable',
      sentence('Docker is not running, or not installed: nothing is at {0}. Start Docker, then retry.', host),
      cause,
    );
  if (code === 'ECONNREFUSED')
    return new EngineError(
      'unreachable',
      sentence('Nothing answers at {0}. Start Docker there, then retry.', host),
      cause,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new EngineError(
      'unreachable',
      sentence('The machine in {0} could not be found. Check its name and the network.', host),
      cause,
    );
  if (TLS_CODES.test(code))
    return new EngineError(
      'tls',
      sentence(
        'A secure connection to {0} could not be made. Check its certificates (DOCKER_CERT_PATH, or the context’s).',
        host,
      ),
      cause,
    );
  if (code.startsWith('HPE_'))
    return new EngineError(
      'protocol',
      sentence('What answers at {0} is not a Docker engine. Check the address.', host),
      cause,
    );
  return new EngineError(
    'unreachable',
    sentence('The connection to {0} was lost. Quayside reconnects by itself; retry in a moment.', host),
    cause,
  );
}
