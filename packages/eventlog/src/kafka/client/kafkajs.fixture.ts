/// <reference path="./kafkajs.d.ts" />
/* What tests compare our own encoding with: kafkajs' slower one, which is beneath its public interface, too. */
import Decoder from 'kafkajs/src/protocol/decoder.js';
import crc32C from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
import encodeRecord from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder.js';
import encodeBatch from 'kafkajs/src/protocol/recordBatch/v0/index.js';

export { crc32C, Decoder, decodeBatch, encodeBatch, encodeRecord };
