using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Which attributes users have, and what each user has of them.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000006_Attributes")]
internal sealed class Attributes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "AttributeSchemas",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                Attributes = table.Column<string>(nullable: false),
                Number = table.Column<int>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AttributeSchemas", row => row.EnvironmentId);
                table.ForeignKey("FK_AttributeSchemas_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_AttributeSchemas_ProjectId", "AttributeSchemas", "ProjectId");

        migrationBuilder.CreateTable(
            name: "UserAttributes",
            columns: table => new
            {
                UserId = table.Column<long>(nullable: false),
                AttributeId = table.Column<string>(maxLength: 32, nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Value = table.Column<string>(maxLength: 8000, nullable: false),
                Digest = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_UserAttributes", row => new { row.UserId, row.AttributeId });
                table.ForeignKey("FK_UserAttributes_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_UserAttributes_EnvironmentId_AttributeId_Digest", "UserAttributes", ["EnvironmentId", "AttributeId", "Digest"]);
    }
}
