import { failures } from '@footfall/core/failure';

export const engineFailure = failures({
  wrong_command_line: { status: 400, retriable: false },
  java_missing: {
    status: 500,
    retriable: false,
    remedy: 'another Java may stay beside it: JAVA_HOME and the usual folders are looked at',
  },
  maven_missing: {
    status: 500,
    retriable: false,
    remedy: 'apt-get install maven (Debian, Ubuntu), brew install maven (macOS)',
  },
  jars_unavailable: {
    status: 503,
    retriable: true,
    remedy: 'Maven must reach Maven Central or a mirror of it (~/.m2/settings.xml)',
  },
  port_in_use: { status: 503, retriable: false, remedy: 'stop the program that listens there' },
  already_running: { status: 409, retriable: false, remedy: 'stop it first' },
  engine_failed: { status: 500, retriable: false },
  not_started: { status: 409, retriable: false, remedy: 'start it first: npm run engines -- up' },
});
