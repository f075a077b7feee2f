import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

const number = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

/** A member of a query: which page, from 0. */
export const PageNumber = () =>
  applyDecorators(
    ApiPropertyOptional({ default: 0, minimum: 0 }),
    Transform(number),
    IsInt({ message: 'must be a whole number, the first page is 0' }),
    Min(0, { message: 'must be 0 or more' }),
    Max(1_000_000, { message: 'must be at most 1000000' }),
  );

/** A member of a query: how many on a page; 20 by default. */
export const PageSize = (most: number) =>
  applyDecorators(
    ApiPropertyOptional({ default: 20, minimum: 1, maximum: most }),
    Transform(number),
    IsInt({ message: 'must be a whole number' }),
    Min(1, { message: 'must be 1 or more' }),
    Max(most, { message: `must be at most ${most}` }),
  );

/** What every page of a list says beside its content, as HMPPS services do. */
export class PageBody {
  @ApiProperty({ description: 'Of this page, from 0' }) readonly number!: number;
  @ApiProperty() readonly size!: number;
  @ApiProperty() readonly numberOfElements!: number;
  @ApiProperty() readonly totalElements!: number;
  @ApiProperty() readonly totalPages!: number;
}

/** One page of a list. How it is sorted is left to the caller. */
export const asPage = <T>(
  content: readonly T[],
  totalElements: number,
  { page, size }: { readonly page: number; readonly size: number },
) => ({
  content,
  number: page,
  size,
  numberOfElements: content.length,
  totalElements,
  totalPages: Math.ceil(totalElements / size),
});
