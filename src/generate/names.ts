/** Rivers and plants: names that nobody could take for real. */
const RIVERS = 'Avon Clyde Dart Esk Exe Forth Kennet Lune Medway Severn Spey Tamar Tay Tees Trent Tyne Wye'.split(' ');
const PLANTS = (
  'Alder Aster Birch Bracken Briar Burdock Campion Cedar Clover Comfrey Elder Fennel Furze Hawthorn Hazel Heather ' +
  'Juniper Larch Linden Mallow Rowan Sorrel Tansy Teasel Yarrow'
).split(' ');
const BIRDS = (
  'Avocet Bittern Bunting Chough Corncrake Curlew Dipper Dotterel Dunlin Fieldfare Fulmar Gannet Godwit Grebe ' +
  'Guillemot Heron Hobby Kestrel Kittiwake Lapwing Linnet Merlin Nightjar Nuthatch Osprey Ouzel Petrel Pipit Plover ' +
  'Redstart Redwing Sanderling Shrike Siskin Snipe Stonechat Tern Wagtail Whimbrel Wigeon'
).split(' ');

/** What an invented person is called, and when they were born. */
export interface InventedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
}

/** The person with that number, always the same. */
export const inventedPerson = (number: number): InventedPerson => ({
  firstName: nth(RIVERS, number + Math.floor(number / PLANTS.length)),
  lastName: nth(PLANTS, number),
  dateOfBirth: `${1962 + ((number * 7) % 42)}-${two(1 + ((number * 5) % 12))}-${two(1 + ((number * 11) % 28))}`,
});

/** The prison number of the person with that number, from 0 on. All begin with Z; the demonstration has those with ZZ. */
export const inventedNumber = (number: number): string => {
  const series = Math.floor(number / SERIES);
  if (series >= 26 * 26 - 1)
    throw new RangeError(`There are prison numbers for ${26 * 26 - 1} times ${SERIES} people.`);
  return `Z${String(number % SERIES).padStart(4, '0')}${letter(series / 26)}${letter(series % 26)}`;
};

const SERIES = 10_000;
const letter = (place: number): string => String.fromCharCode(65 + Math.floor(place));

/** Officers are called after birds, those of neighbouring prisons after plants. */
export const officers = BIRDS.map((name) => `${name}, Officer`);
export const otherOfficers = PLANTS.map((name) => `${name}, Officer`);

const nth = (from: readonly string[], place: number): string => from[place % from.length] ?? '';

const two = (number: number): string => String(number).padStart(2, '0');
