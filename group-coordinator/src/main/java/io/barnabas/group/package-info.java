/** Consumer groups as pure logic. */
package io.barnabas.group;
