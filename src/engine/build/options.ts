/** The engine's own builder (`POST /build`), or BuildKit through the `docker buildx` plugin. */
export type BuilderName = 'engine' | 'buildx';

/** Where a build finds its files. */
export interface ContextOptions {
  /** The folder on this computer whose files are sent. */
  readonly context: string;
  /**
   * The Dockerfile; a path that is not whole counts from the context. It may lie outside. Default: `Dockerfile`, else
   * `dockerfile`, in the context.
   */
  readonly dockerfile?: string;
}

/** What `docker build` can be told, in its words. */
export interface BuildOptions extends ContextOptions {
  readonly tags?: readonly string[];
  /** The stage to stop at; default the last one. */
  readonly target?: string;
  /** `null`: the value that this name has in the client's environment, as with `--build-arg NAME`. */
  readonly buildArgs?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Such as `linux/arm64`. */
  readonly platform?: string;
  readonly noCache?: boolean;
  /** Look for a newer base image, also when there is one. */
  readonly pull?: boolean;
  /** The network of `RUN`: `none`, `host`, or a network's name. */
  readonly network?: string;
  /** Default: buildx where it is installed, unless `DOCKER_BUILDKIT=0` says otherwise. */
  readonly builder?: BuilderName;
}
