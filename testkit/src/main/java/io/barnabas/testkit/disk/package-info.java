/** A file system in memory that can lose what a power cut would take. */
package io.barnabas.testkit.disk;
