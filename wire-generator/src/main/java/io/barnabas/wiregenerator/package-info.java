/** Build time only: writes the message classes from the published schemas. */
package io.barnabas.wiregenerator;
