/** With what the names of the streams of tellings begin, after the prefix of all streams. */
export const TELLING_STREAMS = 'telling-';
