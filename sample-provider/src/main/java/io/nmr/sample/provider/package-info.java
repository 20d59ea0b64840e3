/** A network module that serves the address lookup NPI from tables in its bundle. */
package io.nmr.sample.provider;
