// libpng, libjpeg-turbo and libwebp, which decode the pictures that are looked at; only ever called in a process of its own.
#ifndef LINSANG_CPICTURES_SHIM_H
#define LINSANG_CPICTURES_SHIM_H
#include <stdio.h>
#include <string.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>
static inline void lx_begin(png_image *image) {
  memset(image, 0, sizeof *image);
  image->version = PNG_IMAGE_VERSION;
}
static inline void lx_as_rgb(png_image *image) { image->format = PNG_FORMAT_RGB; }
#endif
