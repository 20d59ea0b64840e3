// every NPI and every module has a GUID of its own: not the archetype's
new File(request.outputDirectory, request.artifactId).eachFileRecurse {
    if (it.name.endsWith('.java')) {
        it.text = it.text.replaceAll('a-new-guid') { UUID.randomUUID().toString() }
    }
}
