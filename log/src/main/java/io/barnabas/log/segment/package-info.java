/**
 * A stretch of a log: its file of batches, its indexes, and how both are written, read, searched and checked. Knows of
 * the log above only its configuration.
 */
package io.barnabas.log.segment;
