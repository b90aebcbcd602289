/** Frames sent per second of stream time, for any block size of the capture. */
export const outputRate = 60;

/** Frames per second inside the rhythm: log bands, activation, tempo and bar all count in hundredths of a second. */
export const activationRate = 100;
