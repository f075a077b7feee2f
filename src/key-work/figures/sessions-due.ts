/** One session for every seven days, to one decimal. */
export const sessionsDue = (daysToBeSeen: number): number => oneDecimal(daysToBeSeen / 7);

export const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
