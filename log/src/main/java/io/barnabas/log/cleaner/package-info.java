/** Compaction: which log is next, which records of it stay. Sees logs as {@code CleanableLog}; knows nothing of their owner. */
package io.barnabas.log.cleaner;
