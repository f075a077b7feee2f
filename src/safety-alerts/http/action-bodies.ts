import { isBroken, NOT_BROKEN } from '../../prison/broken-text.js';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  Equals,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { IsInstant } from '../../answers/is-instant.js';
import {
  RESOLVE_REASONS,
  type ResolveReason,
  SNOOZE_REASONS,
  type SnoozeReason,
  USEFUL,
  type Useful,
} from '../alert/safety-alert-events.js';

/** What the body of every action may hold: what people had seen when they decided to act. */
export class ActionBody {
  @ApiPropertyOptional({
    minimum: 0,
    description: 'The revision of the alert that was seen: where it has changed since, nothing is stored (409)',
  })
  @IsOptional()
  @IsInt({ message: 'must be the revision of the alert, a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  readonly seenRevision?: number;
}

/** Free text of a person: personal, stored so that it can be erased, never logged. */
const IsNote = () =>
  applyDecorators(
    IsString({ message: 'must be text' }),
    IsNotEmpty({ message: 'must not be empty' }),
    MaxLength(4000, { message: 'must be at most 4000 characters' }),
    ValidateBy({
      name: 'isWhole',
      validator: {
        validate: (text) => typeof text !== 'string' || !isBroken(text),
        defaultMessage: () => `must be ${NOT_BROKEN}`,
      },
    }),
  );

const OneOf = (values: readonly string[]) => IsIn(values, { message: `must be one of ${values.join(', ')}` });

/** A note; the reason `OTHER` needs one. */
const NoteWithReason = (description = 'Required with OTHER') =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: 4000, description }),
    ValidateIf(
      ({ note, reasonCode }: { note?: unknown; reasonCode: unknown }) => note !== undefined || reasonCode === 'OTHER',
    ),
    IsNote(),
  );

export class AcknowledgeBody extends ActionBody {
  @ApiPropertyOptional({ maxLength: 4000 }) @IsOptional() @IsNote() readonly note?: string;
}

export class AssignBody extends ActionBody {
  @ApiProperty({ type: String, nullable: true, description: 'User name; null for nobody' })
  @ValidateIf(({ to }: AssignBody) => to !== null)
  @Matches(/^[\w.@-]{1,60}$/, { message: 'must be a user name (letters, digits, _ . @ -), or null for nobody' })
  readonly to!: string | null;
}

export class NoteBody extends ActionBody {
  @ApiProperty({ maxLength: 4000 }) @IsNote() readonly note!: string;
}

export class SnoozeBody extends ActionBody {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'At most 28 days (LOW), 7 days (MEDIUM) or 72 hours (HIGH) ahead; instead of untilWorse',
  })
  @ValidateIf(({ until, untilWorse }: SnoozeBody) => until !== undefined || untilWorse !== true)
  @IsInstant()
  readonly until?: string;

  @ApiPropertyOptional({
    description: 'Until it is escalated or repeated, at most as long as until; only where it has a worse step',
  })
  @IsOptional()
  @Equals(true, { message: 'must be true, or left out' })
  readonly untilWorse?: true;

  @ApiProperty({ enum: SNOOZE_REASONS }) @OneOf(SNOOZE_REASONS) readonly reasonCode!: SnoozeReason;
  @NoteWithReason() readonly note?: string;
}

export class ResolveBody extends ActionBody {
  @ApiProperty({ enum: RESOLVE_REASONS }) @OneOf(RESOLVE_REASONS) readonly reasonCode!: ResolveReason;

  @NoteWithReason('Required with OTHER, and for HIGH and CRITICAL')
  readonly note?: string;

  @ApiPropertyOptional({ enum: USEFUL, description: 'Whether the alert was of use' })
  @IsOptional()
  @OneOf(USEFUL)
  readonly useful?: Useful;

  @ApiPropertyOptional({
    description:
      'For HIGH and CRITICAL: that it is closed although what it is about is still so (409 STILL_TRUE without)',
  })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly confirmStillTrue?: boolean;
}

export class ReopenBody extends ActionBody {
  @ApiPropertyOptional({ maxLength: 4000 }) @IsOptional() @IsNote() readonly note?: string;
}
