// DynamoDB Local's streams show an empty map as `{}`, without a type; DynamoDB shows `{"M":{}}`.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';

type Image = Readonly<Record<string, AttributeValue>>;

const mended = (value: AttributeValue): AttributeValue => {
  if (Object.keys(value).length === 0) return { M: {} };
  if (value.M) return { M: mendedImage(value.M) };
  return value.L ? { L: value.L.map(mended) } : value;
};

const mendedImage = (image: Image): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, mended(value)]));

/** A stream record in the form that DynamoDB gives to a function. */
export const asDynamoDbShows = ({ dynamodb, ...record }: _Record): _Record => {
  const image = dynamodb?.NewImage as Image | undefined;
  return {
    ...record,
    dynamodb: {
      ...dynamodb,
      ...(image
        ? { NewImage: mendedImage(image) as NonNullable<typeof dynamodb>['NewImage'] }
        : {}),
    },
  };
};
