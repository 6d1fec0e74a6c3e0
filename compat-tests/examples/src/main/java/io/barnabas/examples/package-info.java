/** Programs to copy from: two ways to consume a topic so that nothing is left out when the program or the broker dies. */
package io.barnabas.examples;
