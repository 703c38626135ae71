import { describe, expect, test } from 'vitest';
import { chooseJava, fittingJava, type Java, majorVersion } from './jdk.ts';
import type { JavaNeed } from './recipe.ts';

test.each([
  ['IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\nJAVA_VERSION_DATE="2025-04-15"', 17],
  ['JAVA_VERSION="25"', 25],
  // Up to Java 8 the first number said nothing.
  ['JAVA_VERSION="1.8.0_402"', 8],
  ['JAVA_VERSION_DATE="2025-04-15"', 0],
  ['', 0],
])('%j is version %i', (release, version) => {
  expect(majorVersion(release)).toBe(version);
});

const java = (version: number, compiler = true): Java => ({ home: `/java/${version}`, version, compiler });
const need = (more: Partial<JavaNeed> = {}): JavaNeed => ({
  lowest: 17,
  highest: 21,
  compiler: false,
  debian: 'openjdk-17-jre-headless',
  homebrew: 'openjdk@17',
  ...more,
});

describe('of the installed ones', () => {
  test('the first that fits is taken, borders included', () => {
    expect(fittingJava(need(), [java(11), java(21), java(17)])?.home).toBe('/java/21');
    expect(fittingJava(need(), [java(16), java(17), java(22)])?.home).toBe('/java/17');
  });

  test('one without a compiler does where none is needed', () => {
    expect(fittingJava(need(), [java(17, false)])?.home).toBe('/java/17');
    expect(fittingJava(need({ compiler: true }), [java(17, false)])).toBeUndefined();
  });

  test('what to install is said where none fits', () => {
    const choose = (installed: Java[]) => () => chooseJava('Kafka', need(), installed);
    expect(choose([java(25), java(11), java(11)])).toThrow(
      'Kafka needs a Java 17 to 21, found 11, 25: apt-get install openjdk-17-jre-headless (Debian, Ubuntu), brew install openjdk@17 (macOS), or https://adoptium.net',
    );
    expect(choose([])).toThrow('found none');
    expect(() => chooseJava('X', need({ highest: 17, compiler: true }), [])).toThrow('needs a JDK 17,');
  });
});
