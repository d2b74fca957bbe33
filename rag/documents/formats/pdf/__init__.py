"""PDF -> text, a stage in each file.

``document`` opens, ``characters`` (with ``geometry``, ``objects``, ``visible``) reads what PDFium sees,
``fonts`` and ``scan`` mend or read what has no text; ``words`` and ``lines`` put it together; ``furniture``,
``line_numbers`` and ``notes`` set apart what is no running text; ``regions``, ``order``, ``gutters`` and
``tables`` find how the page is to be read; ``paragraphs``, ``labels`` and ``hyphens`` join lines; ``write``
writes; ``reading`` is all of them in a row. ``reader`` gives the text, ``pages`` leads back to the page.
"""
