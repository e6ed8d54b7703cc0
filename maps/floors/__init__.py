"""Floor plans: rooms at their places on a sheet, coloured and labelled, or in a tidy grid where nobody has drawn them."""
