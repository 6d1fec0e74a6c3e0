/** Build time only: writes the message classes from the published schemas. The merge rule stands in {@code SchemaMerger}. */
package io.barnabas.wiregenerator;
