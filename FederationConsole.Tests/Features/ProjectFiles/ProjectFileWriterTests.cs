using System.Text.Json.Nodes;
using FederationConsole.Features.ProjectFiles;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class ProjectFileWriterTests
{
    [Theory]
    [InlineData("FederationConsole.Tests/Features/ProjectFiles/example.jsonc")]
    [InlineData("seeds/demo.json")]
    public void What_is_written_reads_back_as_the_same_file_without_its_secrets(string path)
    {
        var text = File.ReadAllText(Example.InRepository(path));
        var written = ProjectFileWriter.Write(Example.Accepted(text).File);
        Assert.True(JsonNode.DeepEquals(WithoutSecretsAndNulls(Example.Node(text)), WithoutSecretsAndNulls(Example.Node(written))));
        Assert.Equal(written, ProjectFileWriter.Write(Example.Accepted(written).File));
    }

    [Fact]
    public void Secrets_are_null_and_Chinese_is_readable()
    {
        var written = ProjectFileWriter.Write(Example.Accepted(Example.Text).File);
        Assert.DoesNotContain("hush", written, StringComparison.Ordinal);
        Assert.Contains("\"appSecret\": null", written, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"演示项目\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_stand_in_the_order_of_the_page()
    {
        static IEnumerable<string> Keys(JsonNode? node) => node switch
        {
            JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Keys(p.Value).Prepend(p.Key)),
            JsonArray a => a.SelectMany(Keys),
            _ => [],
        };
        var example = WithoutSecretsAndNulls(Example.Node());
        // The page's one exception: it writes "required" last where a definition's type comes first.
        var attribute = example["projects"]![0]!["environments"]!["development"]!["attributes"]![1]!.AsObject();
        var maxLength = attribute["maxLength"]!.DeepClone();
        attribute.Remove("maxLength");
        attribute["maxLength"] = maxLength;
        Assert.Equal(Keys(example), Keys(WithoutSecretsAndNulls(Example.Node(ProjectFileWriter.Write(Example.Accepted(Example.Text).File)))));
    }

    private static JsonNode WithoutSecretsAndNulls(JsonNode node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (key, value) in o.ToArray())
                {
                    if (value is null || (value is JsonValue && key is "token" or "secret" or "appSecret" or "clientSecret" or "privateKey" or "password"))
                    {
                        o.Remove(key);
                    }
                    else
                    {
                        WithoutSecretsAndNulls(value);
                        if (value is JsonObject { Count: 0 } && key == "hosts")
                        {
                            o.Remove(key);
                        }
                    }
                }

                break;
            case JsonArray a:
                foreach (var item in a)
                {
                    WithoutSecretsAndNulls(item!);
                }

                break;
        }

        return node;
    }
}
