import { Failure } from '@footfall/core/failure';
import { expect, test } from 'vitest';
import { parseCassandraUrl } from './cassandra-url.ts';

test('what a URL leaves out has a default', () => {
  expect(parseCassandraUrl('cassandra://node1')).toEqual({
    hosts: ['node1:9042'],
    keyspace: 'footfall',
    dataCenter: 'datacenter1',
    consistency: 'local_quorum',
    tls: false,
  });
});

test('a URL names nodes, keyspace, data center and the rest', () => {
  const url =
    'cassandra://foot%40fall:p%3Aa/s@10.0.0.1:9042,node2.example,[::1]:9043/shop_1?dc=eu&replication=5&consistency=quorum&tls=1';
  expect(parseCassandraUrl(url.replace('a/s', 'a%2Fs'))).toEqual({
    hosts: ['10.0.0.1:9042', 'node2.example:9042', '[::1]:9043'],
    keyspace: 'shop_1',
    dataCenter: 'eu',
    consistency: 'quorum',
    replication: 5,
    tls: true,
    credentials: { username: 'foot@fall', password: 'p:a/s' },
  });
});

test.each([
  ['cassandra://', /form/],
  ['cassandra:///footfall', /form/],
  ['cassandra://a:b:c', /"a:b:c"/],
  ['cassandra://a,,b', /""/],
  ['cassandra://a:70000', /70000/],
  ['cassandra://a:0', /port/],
  ['cassandra://a/Footfall', /"Footfall"/],
  ['cassandra://a/x;DROP', /keyspace/],
  ['cassandra://a/x/y', /form/],
  ['cassandra://a?datacenter=x', /no datacenter; known are dc,/],
  ['cassandra://a?consistency=one', /consistency=one is none of local_quorum, quorum/],
  ['cassandra://a?replication=0', /replication=0/],
  ['cassandra://a?tls=yes', /tls=yes/],
  ["cassandra://a?dc=x'y", /dc=x'y/],
  ['cassandra://user@a', /user:password/],
  ['cassandra://user:100%@a', /hex digits/],
])('%s is refused, and the variable named', (url, message) => {
  const parse = () => parseCassandraUrl(url);
  expect(parse).toThrow(Failure);
  expect(parse).toThrow(message);
  expect(parse).toThrow(
    expect.objectContaining({ code: 'bad_url', where: 'EVENT_STORE_URL', retriable: false }),
  );
});

test('a password is never part of what is said', () => {
  for (const url of ['cassandra://u:secret@a:b:c', 'cassandra://u:secret@', 'cassandra://u:secret@a/B'])
    expect(() => parseCassandraUrl(url)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
});
