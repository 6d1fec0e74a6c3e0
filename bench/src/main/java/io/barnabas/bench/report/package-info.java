/** What was measured, and how it is told. */
package io.barnabas.bench.report;
