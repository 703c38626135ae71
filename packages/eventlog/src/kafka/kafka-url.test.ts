import { expect, test } from 'vitest';
import { type KafkaUrl, parseKafkaUrl } from './kafka-url.ts';

const DEFAULTS: KafkaUrl = {
  brokers: ['h:9092'],
  sasl: null,
  tls: false,
  region: 'main',
  regions: ['main'],
  prefix: '',
  partitions: 12,
  replication: null,
};

test.each<[string, Partial<KafkaUrl>]>([
  ['kafka://h:9092', {}],
  ['kafka://h', {}],
  ['kafka://h/', {}],
  ['KAFKA://h:1,10.0.0.7:2,a-b.example:3', { brokers: ['h:1', '10.0.0.7:2', 'a-b.example:3'] }],
  ['kafka://h?region=eu', { region: 'eu', regions: ['eu'] }],
  ['kafka://h?region=eu&regions=us-east,eu,us-east', { region: 'eu', regions: ['us-east', 'eu'] }],
  ['kafka://h/?prefix=shop.&partitions=3&replication=2', { prefix: 'shop.', partitions: 3, replication: 2 }],
  ['kafka://h?tls=1', { tls: true }],
  ['kafka://h?tls=0', {}],
  ['kafka://u:p@h', { sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' } }],
  // What would end a password must be encoded; a colon in it need not be.
  ['kafka://u%3A:p%40:%2F@h?sasl=plain', { sasl: { mechanism: 'plain', username: 'u:', password: 'p@:/' } }],
])('%s', (url, expected) => {
  expect(parseKafkaUrl(url)).toEqual({ ...DEFAULTS, ...expected });
});

test.each([
  ['kafka://', /"".* is not a host:port|":9092" is not a host:port/],
  ['kafka:h:9092', /not a URL of Kafka/],
  ['kafka://h:9092,', /is not a host:port/],
  ['kafka://h:99999', /"h:99999" is not a host:port/],
  ['kafka://h/path', /not a URL of Kafka/],
  ['kafka://h?partition=3', /no option partition; known are region, regions/],
  ['kafka://h?region=eu&region=us', /region is there twice/],
  ['kafka://h?region=EU', /region has "EU"/],
  ['kafka://h?regions=eu,', /regions has ""/],
  ['kafka://h?prefix=a b', /prefix/],
  ['kafka://h?partitions=0', /partitions is "0"/],
  ['kafka://h?replication=three', /replication is "three"/],
  ['kafka://h?tls=yes', /tls is "yes"/],
  ['kafka://h?sasl=plain', /sasl needs a user/],
  ['kafka://u:p@h?sasl=gssapi', /sasl is one of plain/],
  ['kafka://secret@h', /user and password/],
  ['kafka://u:secret%@h', /percent-encoded/],
])('%s is refused by what is wrong with it, with an example and without its password', (url, problem) => {
  const parse = () => parseKafkaUrl(url);
  expect(parse).toThrow(problem);
  expect(parse).toThrow(/^EVENT_LOG_URL: .*kafka:\/\/broker-1:9092/);
  expect(parse).not.toThrow(/secret/);
  expect(parse).toThrow(expect.objectContaining({ code: 'bad_url', where: 'EVENT_LOG_URL' }));
});
