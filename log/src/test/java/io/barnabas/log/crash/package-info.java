/** Recorded runs of the log module on a simulated disk, cut short at any change of it. */
package io.barnabas.log.crash;
