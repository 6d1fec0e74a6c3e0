/** Every property key typed once, and the files people edit. */
package io.barnabas.config;
