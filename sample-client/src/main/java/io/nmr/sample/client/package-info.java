/** A network module that looks addresses up for HTTP clients, through whichever provider is attached. */
package io.nmr.sample.client;
