using System.Text;
using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.Users.Imports;

/// <summary>The file that an import begins with: its header, a column an attribute behind the fixed ones, and two rows that say how to fill it.</summary>
public static class ImportTemplate
{
    private const string Own = "zhangsan,13800138000,+86,zhangsan@example.com,张三,1,,,";
    private const string ThirdParty = ",,,,李四,0,10,,third-party-user-1";

    /// <summary>UTF-8 with the mark, by which Excel knows it. The cells of attributes are empty: what fits them, the page tells beside the download.</summary>
    public static byte[] Of(IReadOnlyList<AttributeDefinition> schema)
    {
        var empty = new string(',', schema.Count);
        return
        [
            .. Encoding.UTF8.GetPreamble(),
            .. Encoding.UTF8.GetBytes($"{string.Join(',', ImportFile.Columns.Concat(schema.Select(AttributeColumn.Of)))}\r\n{Own}{empty}\r\n{ThirdParty}{empty}\r\n"),
        ];
    }
}
