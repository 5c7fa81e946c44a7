<?xml version="1.0" encoding="UTF-8"?>
<!-- A part of the work of `convert`, for comparison: four fields of each demande, neither validated nor counted. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n="http://nuu.application.i2/">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="/n:interfaceNuu">
    <xsl:for-each select="n:demande/n:demandeLogement">
      <xsl:value-of select="n:numUnique"/>
      <xsl:text>;</xsl:text>
      <xsl:value-of select="n:personnePhysique/n:demandeur/n:nom"/>
      <xsl:text>;</xsl:text>
      <xsl:value-of select="n:personnePhysique/n:demandeur/n:prenom"/>
      <xsl:text>;</xsl:text>
      <xsl:value-of select="n:personnePhysique/n:logementActuel/n:montantMensuelLoyer"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
