/**
 * What a log directory holds beside its partitions' logs, and what partitions' directories are called: identity, offsets
 * up to which logs came, marks that one stop leaves for the next start.
 */
package io.barnabas.log.directory;
