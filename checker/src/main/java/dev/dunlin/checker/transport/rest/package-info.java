/** Publishing and paging over REST. */
@NullMarked
package dev.dunlin.checker.transport.rest;

import org.jspecify.annotations.NullMarked;
