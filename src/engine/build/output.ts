import type { BuilderName } from './options';

/** Lines of a Dockerfile, from 1, both included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

export type StepState = 'running' | 'done' | 'cached' | 'failed' | 'cancelled';

/** One instruction of the Dockerfile at work, or something a builder does besides. The same for both builders. */
export interface BuildStep {
  /** Tells it from the other steps of its build. */
  readonly id: string;
  /** The instruction, as the builder words it. */
  readonly text: string;
  readonly state: StepState;
  /**
   * Its place, from 1, among `total`: of the whole Dockerfile with the engine's builder, of its stage with BuildKit.
   * Absent for what is no instruction, such as the export of the image.
   */
  readonly number?: number;
  readonly total?: number;
  /** The stage it belongs to; told by BuildKit alone, and only where there are several. */
  readonly stage?: string;
  /** Where the instruction is in the Dockerfile, where that is certain. */
  readonly lines?: LineRange;
  /** ms, once it has ended. */
  readonly duration?: number;
  /** Twelve hex digits of the image that it made; told by the engine's builder alone. */
  readonly image?: string;
}

/** Something the builder disapproves of without failing. */
export interface BuildWarning {
  /** One line. */
  readonly text: string;
  readonly lines?: LineRange;
  /** Where it is explained. */
  readonly url?: string;
}

/** What happens during a build, in its order. */
export type BuildEvent =
  /** So much of the context was sent; `bytes` of content. The engine's builder alone tells. */
  | { readonly kind: 'context'; readonly files: number; readonly bytes: number }
  /** A step began or changed; `step` is all that is known of it now. */
  | { readonly kind: 'step'; readonly step: BuildStep }
  /** One line that was written, without its end. Everything a program may write can be in it. No step: before the first. */
  | {
      readonly kind: 'log';
      readonly step: BuildStep | undefined;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
    }
  /** How far a transfer within a step is: a base image that is pulled, layers that are exported. */
  | {
      readonly kind: 'progress';
      readonly step: BuildStep | undefined;
      readonly text: string;
      /** 0 to 1, where it can be told. */
      readonly fraction?: number;
    }
  | { readonly kind: 'warning'; readonly warning: BuildWarning };

/** Whoever cannot take more yet answers a promise: the builder is not listened to before it is settled. */
export type OnBuildEvent = (event: BuildEvent) => unknown;

/** What a build came to. */
export interface Built {
  /** Full id of the image. */
  readonly id: string;
  /** The tags it was given, each with its `:tag`. */
  readonly tags: readonly string[];
  readonly builder: BuilderName;
  readonly steps: readonly BuildStep[];
  readonly warnings: readonly BuildWarning[];
  /** ms */
  readonly duration: number;
}
