import type { Buildx } from './build/buildx';
import type { BuildOptions, ContextOptions } from './build/options';
import type { Built, OnBuildEvent } from './build/output';
import type { ContextSummary, SummaryOptions } from './build/summary';
import type { Endpoint } from './endpoint/endpoint';
import type { Surroundings } from './endpoint/surroundings';
import { EngineError, sentence, toEngineError } from './errors';
import type { Images } from './images';
import type { Requests } from './requests';
import { text } from './wire/read';

/**
 * Makes images of Dockerfiles, with BuildKit where `docker buildx` is installed, else with the engine's own builder.
 * The work itself is loaded with the first build.
 */
export class Build {
  readonly #requests: Requests;
  readonly #surroundings: Surroundings;
  readonly #images: Images;
  readonly #endpoint: () => Endpoint | undefined;

  /** `endpoint` answers where the engine is, once a request has been made. */
  constructor(
    requests: Requests,
    surroundings: Surroundings,
    images: Images,
    endpoint: () => Endpoint | undefined,
  ) {
    this.#requests = requests;
    this.#surroundings = surroundings;
    this.#images = images;
    this.#endpoint = endpoint;
  }

  /**
   * Build an image (`docker build`; moby `api/swagger.yaml`, `POST /build`). `onEvent` hears of every step, line and
   * warning as it comes; both builders tell the same. Rejects with a `BuildError`, which names the step and its lines,
   * when the Dockerfile or a step is at fault; `notFound` or `denied` for files of the context; `cancelled`, and then the
   * engine's work has ended too and no tag was set. Layers that were complete stay in the cache.
   */
  async run(
    options: BuildOptions,
    onEvent: OnBuildEvent = () => undefined,
    signal?: AbortSignal,
  ): Promise<Built> {
    const began = performance.now();
    const { Steps, buildWithBuildx, buildWithEngine, fullTags, openContext } =
      await import('./build/builders');
    const tags = fullTags(options);
    const context = await openContext(options, signal);
    const buildx = await this.#buildx(options, signal);
    const steps = new Steps(onEvent);
    let told: string;
    try {
      told = buildx
        ? await buildWithBuildx(buildx, context, options, steps, signal)
        : await buildWithEngine(this.#engineBuilder(), context, options, { steps, onEvent }, signal);
    } catch (error) {
      const failure = toEngineError(error);
      steps.end(failure.kind === 'cancelled' ? 'cancelled' : 'failed');
      throw failure;
    }
    steps.end('done');
    return {
      id: await this.#fullId(told, tags, signal),
      tags,
      builder: buildx ? 'buildx' : 'engine',
      steps: steps.all,
      warnings: steps.warnings,
      duration: performance.now() - began,
    };
  }

  /** Count what would be sent and what the ignore file leaves out, without sending anything or asking the engine. */
  async summary(options: ContextOptions & SummaryOptions, signal?: AbortSignal): Promise<ContextSummary> {
    const { openContext, summarise } = await import('./build/builders');
    return summarise(await openContext(options, signal), signal, options);
  }

  #engineBuilder() {
    return {
      requests: this.#requests,
      surroundings: this.#surroundings,
      host: this.#endpoint()?.host,
    };
  }

  /** `undefined`: the engine's own builder is to do it. */
  async #buildx({ builder }: BuildOptions, signal: AbortSignal | undefined): Promise<Buildx | undefined> {
    // Also makes the endpoint known.
    await this.#requests.version(signal);
    const refused = this.#surroundings.env['DOCKER_BUILDKIT'] === '0';
    if (builder === 'engine' || (builder === undefined && refused)) return undefined;
    const { findBuildx } = await import('./build/builders');
    const found = await findBuildx(this.#surroundings, this.#endpoint(), signal);
    if (!found && builder === 'buildx')
      throw new EngineError(
        'notFound',
        sentence(
          'The docker command with a buildx plugin from version 0.13 was not found. Install them, or build with the engine’s own builder.',
        ),
      );
    return found;
  }

  /** What a builder calls the image may be the beginning of its id, or the id of what it was made from. */
  async #fullId(told: string, tags: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    for (const name of [told, ...tags].filter((one) => one !== '')) {
      const inspected = await this.#images.inspect(name, signal).catch((error: unknown) => {
        if (error instanceof EngineError && error.kind === 'notFound') return undefined;
        throw error;
      });
      if (inspected) return text(inspected['Id']);
    }
    throw new EngineError(
      'protocol',
      sentence('The build ended, but its image is not there. Look at the log of the build.'),
    );
  }
}
