const minutes = "(?:['‘’′]|分)";
const seconds = `\\s?[\\d十]{1,3}(?:\\.\\d{1,9})?\\s?(?:["“”″]|['‘’′]{2}|秒|[东西南北nsew])`;
const degrees = '[\\d十百]{1,5}\\s?[°度]\\s?';
const axis = '(?:[东西]经|[南北]纬|[经纬]度)';
const letter = '(?:lat|latitude|lon|lng|longitude|[nsew])';

const places = [
  // 45°45′25″N, 北纬45度45分25秒; 45°45.42′
  `${degrees}[\\d十]{1,3}\\s?${minutes}${seconds}`,
  `${degrees}\\d{1,2}\\.\\d{2,9}\\s?${minutes}`,
  // 北纬45.7569, N45.7569°; 45.7569°N
  `(?:${axis}|坐标|(?<![a-z])${letter})[^\\p{L}\\d]{0,3}\\d{1,3}\\.\\d{4}`,
  `\\d{1,3}\\.\\d{4,9}\\s?[°度]?\\s?(?:${axis}|${letter}(?![a-z]))`,
].map((pattern) => new RegExp(pattern, 'iu'));

/** Whether a plain text names a latitude or longitude to some 30 metres, which is a house. */
export const hasCoordinates = (plain: string): boolean => places.some((place) => place.test(plain));
