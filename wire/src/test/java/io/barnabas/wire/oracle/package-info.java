/** Kafka's own message classes, reached by reflection so that two releases of them can be asked in one test. */
package io.barnabas.wire.oracle;
