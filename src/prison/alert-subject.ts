/** What rules and safety alerts are about, where that is no person. */
export const SUBJECT_KINDS = ['key-worker', 'feed', 'prison'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Whom, or what, a safety alert is about, where that is no person. */
export interface AlertSubject {
  readonly kind: SubjectKind;
  /** Of a key worker the `staffId`, of a feed its name, of a prison its id. */
  readonly id: string;
  /** What somebody is, or a feed tells, in another prison is a matter of that prison. */
  readonly prisonId: string;
}

const TEXT = /^([^:]+):(.+)@([^@]+)$/s;

/**
 * The subject as a text that stands where a person's prison number does: `key-worker:1001@XYI`. Never change it: the ids of
 * alerts are made of it.
 */
export const subjectText = ({ kind, id, prisonId }: AlertSubject): string => `${kind}:${id}@${prisonId}`;

/** The subject that such a text names; nothing for a prison number. */
export const subjectIn = (text: string): AlertSubject | undefined => {
  const [, named, id, prisonId] = TEXT.exec(text) ?? [];
  const kind = SUBJECT_KINDS.find((one) => one === named);
  return kind && id !== undefined && prisonId !== undefined ? { kind, id, prisonId } : undefined;
};

/** Whom something is about: a person, or a subject. */
export type About =
  | { readonly prisonNumber: string; readonly subject?: undefined }
  | { readonly prisonNumber: null; readonly subject: AlertSubject };

/** Whom a prison number, or the text that names a subject, means. */
export const aboutIn = (text: string): About => {
  const subject = subjectIn(text);
  return subject ? { prisonNumber: null, subject } : { prisonNumber: text };
};

/** The prison number, or the text that names the subject: people come before all others. */
export const aboutOf = ({
  prisonNumber,
  subject,
}: {
  readonly prisonNumber: string | null;
  readonly subject?: AlertSubject | undefined;
}): string => prisonNumber ?? (subject ? subjectText(subject) : '');
