/** HTTP: the REST interface and the calls of other services. */
@NullMarked
package dev.dunlin.message.rest;

import org.jspecify.annotations.NullMarked;
