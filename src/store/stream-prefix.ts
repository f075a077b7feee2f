/** Nest's token for the text that begins every stream name, so that services can share one log (setting STREAM_PREFIX). */
export const STREAM_PREFIX = Symbol('StreamPrefix');
